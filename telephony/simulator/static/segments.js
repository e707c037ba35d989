// The twin of segments.py, for the counter under the draft: how many billed pieces a text makes.

const PLAIN =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§" +
  "¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENDED = "\f^{}\\[~]|€";

// -> { used, room, segments }: units used, and units that fit into that many segments
export function measure(text) {
  const signs = [...text];
  const plain = signs.every((sign) => PLAIN.includes(sign) || EXTENDED.includes(sign));
  const used = plain ? signs.length + signs.filter((sign) => EXTENDED.includes(sign)).length : text.length;
  const [single, piece] = plain ? [160, 153] : [70, 67];
  const segments = used <= single ? 1 : Math.ceil(used / piece);
  return { used, segments, room: segments === 1 ? single : segments * piece };
}
