// On pages outside a shift: whatever an earlier one left on this telephone goes.
import { forget } from "./keeping.js";

await forget();
document.documentElement.dataset.forgotten = "true";
