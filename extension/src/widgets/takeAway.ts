/** Ways out of the notebook: clipboard and files. */

/** Pixels per px of the drawing, enough for 300 dpi at 96 px per inch. */
const PNG_SCALE = 3;

/** Longest side of a canvas that browsers accept. */
const LONGEST_SIDE = 16_000;

/** Draws SVG text on a white canvas. */
export async function pngBlob(svg: string, width: number, height: number): Promise<Blob> {
  const scale = Math.min(PNG_SCALE, LONGEST_SIDE / Math.max(width, height));
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(width * scale);
    canvas.height = Math.ceil(height * scale);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('this browser has no canvas');
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise<Blob>((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large for this browser'))), 'image/png'));
  } finally {
    URL.revokeObjectURL(url);
  }
}

export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The download reads the URL after the click returns.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export async function copyText(text: string): Promise<void> {
  if (!navigator.clipboard) throw new Error('the clipboard needs a page served from localhost or over https');
  await navigator.clipboard.writeText(text);
}

/** Chromium wants the promise itself, so that drawing may take its time after the click. */
export async function copyPng(blob: Promise<Blob>): Promise<void> {
  if (!navigator.clipboard || typeof ClipboardItem === 'undefined') throw new Error('the clipboard needs a page served from localhost or over https');
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
}

/** A file name from a title: letters (of any script) and digits, words joined by a dash. */
export function fileName(title: string, extension: string): string {
  const words = title.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [];
  return `${words.join('-').slice(0, 80) || 'semlab'}.${extension}`;
}
