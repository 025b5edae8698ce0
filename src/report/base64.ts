/** Base64 without Node or DOM. */
export function toBase64(bytes: Uint8Array): string {
  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const three = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    part += ALPHABET[three >> 18] + ALPHABET[(three >> 12) & 63] + (i + 1 < bytes.length ? ALPHABET[(three >> 6) & 63] : '=') + (i + 2 < bytes.length ? ALPHABET[three & 63] : '=');
    if (part.length > 8192) {
      parts.push(part);
      part = '';
    }
  }
  return parts.join('') + part;
}

/** Width and height from a PNG's header, halved because pictures are drawn at twice their size. */
export function pngSize(bytes: Uint8Array): { width: number; height: number } | null {
  if (bytes.length < 24) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: Math.round(view.getUint32(16) / 2), height: Math.round(view.getUint32(20) / 2) };
}
