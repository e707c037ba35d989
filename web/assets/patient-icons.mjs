// Draws the icons of the patient's page: a house, in sizes that telephones ask for. `npm run icons`, a part of the build.
// All of it lies within the middle that a telephone may cut a circle out of.

import { writeFileSync } from "node:fs";
import { deflateSync } from "node:zlib";

const SIZES = [192, 512];
const GROUND = [19, 74, 94];
const HOUSE = [255, 255, 255];
const SAMPLES = 4;

/** Whether a point of the unit square is of the house: a roof, walls, and a door cut out of them. */
function isHouse(x, y) {
  const roof = y >= 0.24 && y <= 0.5 && Math.abs(x - 0.5) <= (y - 0.24) * 1.15;
  const walls = y > 0.46 && y <= 0.76 && Math.abs(x - 0.5) <= 0.22;
  const door = y > 0.56 && y <= 0.76 && Math.abs(x - 0.5) <= 0.07;
  return (roof || walls) && !door;
}

/** How much of a pixel is the house, from 0 to 1. */
function share(column, row, size) {
  let hits = 0;
  for (let i = 0; i < SAMPLES; i++)
    for (let j = 0; j < SAMPLES; j++)
      hits += isHouse((column + (i + 0.5) / SAMPLES) / size, (row + (j + 0.5) / SAMPLES) / size);
  return hits / SAMPLES ** 2;
}

function pixels(size) {
  const rows = Buffer.alloc(size * (size * 3 + 1));
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const house = share(column, row, size);
      for (let part = 0; part < 3; part++)
        rows[row * (size * 3 + 1) + 1 + column * 3 + part] = Math.round(GROUND[part] + house * (HOUSE[part] - GROUND[part]));
    }
  return rows;
}

function crc(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const head = Buffer.alloc(4);
  const tail = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  tail.writeUInt32BE(crc(body));
  return Buffer.concat([head, body, tail]);
}

/** A PNG of eight bits a colour. */
function png(size) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const data = deflateSync(pixels(size), { level: 9 });
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

for (const size of SIZES) writeFileSync(`${process.argv[2]}/patient-${size}.png`, png(size));
