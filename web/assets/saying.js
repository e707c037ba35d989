// Says what the page writes, for whoever can't read it just then; where the telephone has a voice of the page's language.

const language = document.documentElement.lang;

export class Voice {
  /** `button` switches it on and off, and is there only where there is a voice. */
  constructor(button) {
    this.button = button;
    this.on = false;
    if (!("speechSynthesis" in window) || !("SpeechSynthesisUtterance" in window)) return;
    button.addEventListener("click", () => this.turn(!this.on));
    this.look();
    // Voices come late in some browsers; not all of them can be listened to.
    if (speechSynthesis.addEventListener) speechSynthesis.addEventListener("voiceschanged", () => this.look());
  }

  look() {
    this.voice = speechSynthesis.getVoices().find(({ lang }) => lang.slice(0, 2).toLowerCase() === language);
    this.button.hidden = !this.voice;
  }

  turn(on) {
    this.on = on;
    this.button.setAttribute("aria-pressed", String(on));
    if (on) this.say(this.last || "");
    else speechSynthesis.cancel();
  }

  say(text) {
    this.last = text;
    if (!this.on || !this.voice || !text) return;
    const said = new SpeechSynthesisUtterance(text);
    said.voice = this.voice;
    said.lang = this.voice.lang;
    speechSynthesis.cancel();
    speechSynthesis.speak(said);
  }
}
