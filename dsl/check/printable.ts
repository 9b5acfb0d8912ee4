const LONGEST = 600;

/** Text from a tenant file as it may stand in a message: no control of the terminal, no reversed text, no novel. */
export const printable = (text: string): string => {
  const plain = text.replaceAll(/\p{C}+/gu, ' ');
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
};
