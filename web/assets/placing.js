// The position: watched for a while, the best is kept in memory, told once. Why there is none is told in a word.

const LONGEST_MS = 40000;
const GOOD_M = 30;
const ENOUGH = 3;

export class Place {
  constructor() {
    this.best = null;
    this.why = "timeout";
    this.many = 0;
    this.done = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  watch() {
    if (!navigator.geolocation) {
      this.why = "unavailable";
      this.end();
      return;
    }
    const asked = { enableHighAccuracy: true, maximumAge: 0, timeout: LONGEST_MS };
    this.id = navigator.geolocation.watchPosition((one) => this.take(one), (error) => this.fail(error), asked);
    setTimeout(() => this.stop(), LONGEST_MS);
  }

  take({ coords, timestamp }) {
    this.many += 1;
    if (!this.best || coords.accuracy <= this.best.accuracy) {
      this.best = { lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy, at: timestamp };
    }
    if (this.best.accuracy <= GOOD_M && this.many >= ENOUGH) this.stop();
  }

  /** 1 denied, 2 unavailable, 3 timeout: only the first is final. */
  fail({ code }) {
    this.why = { 1: "denied", 2: "unavailable", 3: "timeout" }[code] || "unavailable";
    if (code === 1) this.stop();
  }

  stop() {
    if (this.id !== undefined) navigator.geolocation.clearWatch(this.id);
    this.end();
  }

  /** The best position, or why there is none, once it was watched long enough. */
  async found() {
    if (this.best && this.best.accuracy <= GOOD_M) this.stop();
    await this.done;
    return this.best || { kind: this.why };
  }

  /** As the server wants it: how old it is by the telephone's own clock, which may be wrong. */
  told() {
    if (!this.best) return { kind: this.why };
    const { lat, lon, accuracy, at } = this.best;
    return { lat, lon, accuracy, age: Math.max(0, (Date.now() - at) / 1000), many: this.many };
  }
}
