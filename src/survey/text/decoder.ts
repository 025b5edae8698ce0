import { DOS_PAGES } from './dosPages.js';

/** Turns bytes into text; bytes that mean nothing become U+FFFD. */
export interface Decoder {
  decode(bytes: Uint8Array): string;
}

/** What bytes 0x80 to 0x9F mean in windows-1252. @see WHATWG Encoding, index windows-1252 */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** A decoder for an encoding that `knownEncoding` has named. A byte order mark is text. */
export function decoderOf(encoding: string): Decoder {
  const page = DOS_PAGES.get(encoding);
  if (page !== undefined) return new SingleByteDecoder(page);
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return encoding === 'windows-1252' ? new Windows1252Decoder(decoder) : decoder;
}

class SingleByteDecoder implements Decoder {
  readonly #upper: string;

  constructor(upper: string) {
    this.#upper = upper;
  }

  decode(bytes: Uint8Array): string {
    let text = '';
    for (const byte of bytes) text += byte < 128 ? String.fromCharCode(byte) : this.#upper[byte - 128];
    return text;
  }
}

/** Some releases of Node read windows-1252 as Latin-1, which has control characters where the euro and quotes are. */
class Windows1252Decoder implements Decoder {
  readonly #decoder: TextDecoder;

  constructor(decoder: TextDecoder) {
    this.#decoder = decoder;
  }

  decode(bytes: Uint8Array): string {
    return this.#decoder.decode(bytes).replace(/[\u0080-\u009f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80]);
  }
}
