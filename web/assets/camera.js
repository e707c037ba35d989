// The front camera: photos as JPEG, small enough to send, and what is wrong with the picture just now.
// Light and sharpness are measured on a small piece in the middle; faces only where the browser finds them itself.

const LONGEST = 1024;
const MOST_BYTES = 900 * 1024;
const QUALITIES = [0.85, 0.7, 0.55, 0.4];
const PIECE = 120;
const EVERY_MS = 400;
/** Grey of the middle of the picture; the server measures the face itself, and has the last word. */
const DARK = 55;
const BRIGHT = 205;
const BLURRED = 18;
/** Width of a face by the picture's shorter side. */
const FAR = 0.28;
const NEAR = 0.85;

export class Camera {
  static isPossible() {
    return Boolean(navigator.mediaDevices && navigator.mediaDevices.getUserMedia && HTMLCanvasElement.prototype.toBlob);
  }

  constructor(video) {
    this.video = video;
    this.stream = null;
    this.canvas = document.createElement("canvas");
    this.piece = document.createElement("canvas");
    this.piece.width = this.piece.height = PIECE;
    this.faces = undefined;
    this.detector = this.newDetector();
    this.sound = null;
  }

  newDetector() {
    try {
      return "FaceDetector" in window ? new FaceDetector({ fastMode: true, maxDetectedFaces: 3 }) : null;
    } catch (error) {
      return null;
    }
  }

  get seesFaces() {
    return this.faces !== undefined;
  }

  /** Throws where there is no camera, or none may be used. */
  async start() {
    if (this.isRunning()) return;
    const front = { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 960 } };
    this.stream = await navigator.mediaDevices.getUserMedia({ video: front, audio: false });
    this.video.srcObject = this.stream;
    await this.video.play();
    const Sound = window.AudioContext || window.webkitAudioContext;
    if (!this.sound && Sound) this.sound = new Sound();
  }

  isRunning() {
    return Boolean(this.stream) && this.stream.getTracks().every((track) => track.readyState === "live");
  }

  /** Telephones take the camera away while another program is looked at. */
  async wake() {
    if (this.isRunning()) await this.video.play();
    else await this.start();
  }

  stop() {
    if (this.stream) this.stream.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.srcObject = null;
  }

  why(error) {
    if (error.name === "NotFoundError" || error.name === "OverconstrainedError") return "none";
    return error.name === "NotAllowedError" || error.name === "SecurityError" ? "denied" : "busy";
  }

  /** The picture as it is now, not mirrored. */
  async photo() {
    if (!this.video.videoWidth || !this.isRunning()) throw new Error("no picture");
    const shrink = Math.min(1, LONGEST / Math.max(this.video.videoWidth, this.video.videoHeight));
    this.canvas.width = Math.round(this.video.videoWidth * shrink);
    this.canvas.height = Math.round(this.video.videoHeight * shrink);
    this.canvas.getContext("2d").drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    let photo = null;
    for (const quality of QUALITIES) {
      photo = await new Promise((resolve) => this.canvas.toBlob(resolve, "image/jpeg", quality));
      if (photo && photo.size <= MOST_BYTES) break;
    }
    if (!photo) throw new Error("no picture");
    return photo;
  }

  /** Tells what is wrong, or "", a few times a second while the camera runs. */
  watch(tell) {
    const look = () => {
      if (!document.hidden && this.isRunning() && this.video.videoWidth) {
        this.findFaces();
        tell(this.quality());
      }
      setTimeout(look, EVERY_MS);
    };
    if (!this.watching) look();
    this.watching = true;
  }

  findFaces() {
    if (!this.detector || this.finding) return;
    this.finding = true;
    this.detector.detect(this.video).then(
      (found) => {
        this.faces = found;
        this.finding = false;
      },
      () => {
        this.detector = null; // some browsers have the name and nothing behind it
        this.faces = undefined;
      },
    );
  }

  /** What is wrong with the picture now, in a word of the page's; empty where nothing is. */
  quality() {
    const seen = this.measured();
    if (seen.mean < DARK) return "dark";
    if (seen.mean > BRIGHT) return "bright";
    return this.distance() || (seen.sharpness < BLURRED ? "blurred" : "");
  }

  distance() {
    if (this.faces === undefined) return "";
    if (this.faces.length !== 1) return this.faces.length ? "several" : "none";
    const shorter = Math.min(this.video.videoWidth, this.video.videoHeight);
    const wide = this.faces[0].boundingBox.width / shorter;
    return wide < FAR ? "far" : wide > NEAR ? "near" : "";
  }

  /** Mean grey and variance of the edges in the middle of the picture. */
  measured() {
    const { videoWidth: wide, videoHeight: high } = this.video;
    const side = Math.min(wide, high) * 0.6;
    const pencil = this.piece.getContext("2d");
    pencil.drawImage(this.video, (wide - side) / 2, (high - side) / 2, side, side, 0, 0, PIECE, PIECE);
    const { data } = pencil.getImageData(0, 0, PIECE, PIECE);
    const grey = new Float32Array(PIECE * PIECE);
    let sum = 0;
    for (let at = 0; at < grey.length; at += 1) {
      grey[at] = 0.3 * data[4 * at] + 0.59 * data[4 * at + 1] + 0.11 * data[4 * at + 2];
      sum += grey[at];
    }
    return { mean: sum / grey.length, sharpness: variance(grey) };
  }

  beep() {
    if (!this.sound) return;
    const tone = this.sound.createOscillator();
    tone.frequency.value = 880;
    tone.connect(this.sound.destination);
    tone.start();
    tone.stop(this.sound.currentTime + 0.12);
  }
}

function variance(grey) {
  let sum = 0;
  let squares = 0;
  let many = 0;
  for (let row = 1; row < PIECE - 1; row += 1) {
    for (let at = row * PIECE + 1; at < (row + 1) * PIECE - 1; at += 1) {
      const edge = grey[at - 1] + grey[at + 1] + grey[at - PIECE] + grey[at + PIECE] - 4 * grey[at];
      sum += edge;
      squares += edge * edge;
      many += 1;
    }
  }
  return squares / many - (sum / many) ** 2;
}
