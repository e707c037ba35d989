// Sends until it arrives: a network that is gone, slow or busy is waited for. An answer that says no is an answer.

const WAITS_MS = [1000, 2000, 4000, 8000, 15000];
const PATIENCE_MS = 120000;
const ABROAD = [0, 429, 500, 502, 503, 504];

export class Post {
  /** `tell` hears whether there is a network, each time that changes. */
  constructor(tell) {
    this.tell = tell;
    this.csrf = document.querySelector('meta[name="csrf-token"]').content;
    /** Photos go one after the other: two at once share a slow line and both are late. */
    this.last = Promise.resolve();
  }

  /** {status, told}: the answer of the server, whatever it is. */
  json(address, body) {
    return this.until(address, JSON.stringify(body), { "Content-Type": "application/json" });
  }

  photo(address, photo, nonce) {
    const sent = this.last.then(() => this.until(address, photo, { "Content-Type": "image/jpeg", "X-Nonce": nonce }));
    this.last = sent;
    return sent;
  }

  async until(address, body, headers) {
    for (let tried = 0; ; tried += 1) {
      const answer = await this.once(address, body, headers);
      const arrived = ABROAD.indexOf(answer.status) < 0;
      this.tell(arrived);
      if (arrived) return answer;
      await this.pause(WAITS_MS[Math.min(tried, WAITS_MS.length - 1)]);
    }
  }

  once(address, body, headers) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", address);
      request.timeout = PATIENCE_MS;
      for (const name of Object.keys(headers)) request.setRequestHeader(name, headers[name]);
      request.setRequestHeader("X-CSRFToken", this.csrf);
      request.setRequestHeader("X-Requested-With", "script");
      request.onload = () => resolve({ status: request.status, told: read(request.responseText) });
      request.onerror = request.ontimeout = request.onabort = () => resolve({ status: 0, told: null });
      request.send(body);
    });
  }

  /** So long, or until the telephone says that there is a network again. */
  pause(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(go, ms);
      function go() {
        clearTimeout(timer);
        removeEventListener("online", go);
        resolve();
      }
      addEventListener("online", go);
    });
  }
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    return null;
  }
}
