// Sounds made of sines: the two tones of a key, and a soft bell of two notes. The browser allows them after a first tap.

const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477];
const LAYOUT = ["123", "456", "789", "*0#"];
const PATIENCE = 300;

let context = null;

// Each key has a tone for its row and one for its column.
export function tonesOf(key) {
  const row = LAYOUT.findIndex((keys) => keys.includes(key));
  return [ROWS[row], COLUMNS[LAYOUT[row].indexOf(key)]];
}

export async function playKey(key) {
  if (!(await ready())) return;
  for (const pitch of tonesOf(key)) note(pitch, { seconds: 0.13, loud: 0.05, fade: 0.02 });
}

export async function playBell() {
  if (!(await ready())) return;
  note(659.3, { seconds: 1.1, loud: 0.07, fade: 1.05 });
  note(987.8, { after: 0.17, seconds: 1.4, loud: 0.06, fade: 1.35 });
}

// A tone that comes late is worse than none: what is not allowed yet is not kept for later.
async function ready() {
  context ??= new AudioContext();
  if (context.state !== "running") await Promise.race([context.resume(), new Promise((done) => setTimeout(done, PATIENCE))]);
  return context.state === "running";
}

function note(pitch, { after = 0, seconds, loud, fade }) {
  const begin = context.currentTime + after;
  const tone = new OscillatorNode(context, { frequency: pitch });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(loud, begin + 0.008);
  volume.gain.setValueAtTime(loud, begin + Math.max(seconds - fade, 0.01));
  volume.gain.exponentialRampToValueAtTime(0.0001, begin + seconds);
  tone.connect(volume).connect(context.destination);
  tone.start(begin);
  tone.stop(begin + seconds);
}
