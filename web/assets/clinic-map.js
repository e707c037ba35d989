// A place is set on a map: outlines of buildings from our register, the ground from tiles where some are configured.
// Where the map looks is never part of an address: outlines are asked for in a body.
import "./leaflet.js";

const { L } = window;
const part = document.getElementById("map-part");
const ground = document.getElementById("map");
const given = ground.dataset;
const [place, lat, lon, address] = ["map-place", "lat", "lon", "address"].map((id) => document.getElementById(id));
const token = document.querySelector("meta[name=csrf-token]").content;
const CLOSE_ENOUGH = 15;
const NOWHERE = { at: [55.79, 49.12], zoom: 5 };
const shapes = new Map();
let chosen = null;
let asked = 0;

part.hidden = false;
const map = L.map(ground, { zoomControl: true, attributionControl: Boolean(given.tiles), zoomSnap: 1, maxZoom: 20 });
map.attributionControl?.setPrefix(false);
if (given.tiles) {
  L.tileLayer(given.tiles, { maxZoom: 20, maxNativeZoom: 19, attribution: escaped(given.attribution) }).addTo(map);
}
const homes = L.layerGroup().addTo(map);
const fence = L.layerGroup().addTo(map);
map.on("moveend", ask).on("zoomend", draw).on("click", (event) => take(event.latlng));
if (given.lat) {
  map.setView([Number(given.lat), Number(given.lon)], 17);
} else {
  map.setView(NOWHERE.at, NOWHERE.zoom);
}
document.getElementById("map-take").addEventListener("click", () => take(map.getCenter()));
ground.addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    event.preventDefault();
    take(map.getCenter());
  }
});
for (const typed of [lat, lon]) {
  typed.addEventListener("input", () => choose(null, null));
}

function escaped(text) {
  const box = document.createElement("span");
  box.textContent = text || "";
  return box.innerHTML;
}

async function ask() {
  if (map.getZoom() < CLOSE_ENOUGH) {
    return;
  }
  const mine = ++asked;
  const bounds = map.getBounds();
  const body = JSON.stringify({
    west: bounds.getWest(),
    south: bounds.getSouth(),
    east: bounds.getEast(),
    north: bounds.getNorth(),
  });
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await fetch(given.outlines, { method: "POST", headers, body }).catch(() => null);
  if (answer?.ok && mine === asked) {
    show((await answer.json()).outlines);
  }
}

function show(outlines) {
  homes.clearLayers();
  shapes.clear();
  for (const one of outlines) {
    const rings = one.rings.map((polygon) => polygon.map((ring) => ring.map(([x, y]) => [y, x])));
    shapes.set(one.id, { ...one, rings });
    L.polygon(rings, { color: "#4a5459", weight: 1, fillColor: "#7fa3b0", fillOpacity: 0.5, interactive: false }).addTo(homes);
  }
}

function take(point) {
  const building = [...shapes.values()].find((one) => one.rings.some((polygon) => holds(polygon, point)));
  choose(building ?? null, point);
}

// Whether a point is inside the outer ring and in no hole.
function holds([outer, ...holes], point) {
  return inside(outer, point) && !holes.some((hole) => inside(hole, point));
}

function inside(ring, { lat: y, lng: x }) {
  let odd = false;
  for (let at = 0, last = ring.length - 1; at < ring.length; last = at++) {
    const [y1, x1] = ring[at];
    const [y2, x2] = ring[last];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) {
      odd = !odd;
    }
  }
  return odd;
}

function choose(building, point) {
  chosen = point && { building, point };
  place.value = building?.id ?? "";
  if (point) {
    lat.value = point.lat.toFixed(6);
    lon.value = point.lng.toFixed(6);
    if (building?.text && !address.value) {
      address.value = building.text;
    }
  }
  say(building, point);
  draw();
}

function say(building, point) {
  const words = building ? given.saidBuilding.replace("{address}", building.text).replace(/ +/g, " ") : given.saidPoint;
  document.getElementById("map-said").textContent = point ? words : "";
}

// The distance is drawn as a stroke twice as wide, which is what is allowed on every side, around corners too.
function draw() {
  fence.clearLayers();
  if (!chosen) {
    return;
  }
  const { building, point } = chosen;
  const metres = 2 * Number(given.around);
  const across = (40075016.7 * Math.cos((point.lat * Math.PI) / 180)) / 2 ** (map.getZoom() + 8);
  const wide = { className: "clinic-fence__around", weight: metres / across, lineJoin: "round", interactive: false };
  const core = { color: "#1c6b45", weight: 2, fillOpacity: 0.6, interactive: false };
  if (building) {
    L.polygon(building.rings, wide).addTo(fence);
    L.polygon(building.rings, core).addTo(fence);
  } else {
    const radius = Number(given.weak);
    L.circle(point, { ...wide, radius }).addTo(fence);
    L.circle(point, { ...core, radius, dashArray: "6 4", fillOpacity: 0.25 }).addTo(fence);
  }
}
