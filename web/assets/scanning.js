// The camera, read continuously: the rear one, its torch, and the text of each QR code that comes into sight.
import { prepareZXingModule, readBarcodes } from "./zxing-reader.js";

const EVERY_MS = 120;
const WIDEST = 960;
/** A code is told again only after it was out of sight so long. */
const OUT_OF_SIGHT_MS = 4000;

export class Scanner {
  /** `video` shows the picture, `tell` gets each text once; `wasm` is the decoder's address. */
  constructor(video, wasm, tell) {
    this.video = video;
    this.tell = tell;
    this.canvas = document.createElement("canvas");
    this.pencil = this.canvas.getContext("2d", { willReadFrequently: true });
    this.seen = new Map();
    this.stream = null;
    prepareZXingModule({ overrides: { locateFile: () => wasm } });
  }

  get running() {
    return this.stream !== null;
  }

  /** Throws where there is no camera, or none may be used. */
  async start() {
    const rear = { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } };
    this.stream = await navigator.mediaDevices.getUserMedia({ video: rear, audio: false });
    this.video.srcObject = this.stream;
    await this.video.play();
    this.look(this.stream);
  }

  stop() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
  }

  get hasTorch() {
    return Boolean(this.track?.getCapabilities?.().torch);
  }

  get track() {
    return this.stream?.getVideoTracks()[0];
  }

  async light(on) {
    await this.track.applyConstraints({ advanced: [{ torch: on }] });
  }

  async look(stream) {
    while (this.stream === stream) {
      if (!document.hidden && this.video.videoWidth) await this.read();
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }

  async read() {
    const shrink = Math.min(1, WIDEST / this.video.videoWidth);
    this.canvas.width = Math.round(this.video.videoWidth * shrink);
    this.canvas.height = Math.round(this.video.videoHeight * shrink);
    this.pencil.drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    const picture = this.pencil.getImageData(0, 0, this.canvas.width, this.canvas.height);
    const found = await readBarcodes(picture, { formats: ["QRCode"], maxNumberOfSymbols: 1 });
    for (const { text } of found) this.meet(text);
  }

  meet(text) {
    const now = performance.now();
    const before = this.seen.get(text);
    for (const [other, at] of this.seen) if (now - at > OUT_OF_SIGHT_MS) this.seen.delete(other);
    this.seen.set(text, now);
    if (before === undefined || now - before > OUT_OF_SIGHT_MS) this.tell(text);
  }
}
