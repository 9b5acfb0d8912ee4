/** Columns of the narrowest terminal that reports are made for. */
export const WIDTH = 80;

/** Lines of at most 80 columns, broken between words. */
export function wrapped(text: string, first: string, further: string): string {
  return text
    .split('\n')
    .map((paragraph, index) => {
      const lines: string[] = [];
      let line = index === 0 ? first : further;
      let isEmpty = true;
      for (const word of paragraph.split(' ')) {
        if (!isEmpty && line.length + 1 + word.length > WIDTH) {
          lines.push(line);
          line = further;
          isEmpty = true;
        }
        line += isEmpty ? word : ` ${word}`;
        isEmpty = false;
      }
      return [...lines, line].join('\n');
    })
    .join('\n');
}
