/**
 * Whether `text` matches an IAM pattern, in which `*` stands for any run of characters and `?` for any one
 * (IAM User Guide, "IAM JSON policy elements: Resource"). Takes time in proportion to pattern times text: a regular
 * expression made of a policy with many `*` could take for ever.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  let [p, t] = [0, 0];
  // The last `*` and the text position that it was last tried to end at.
  let star = -1;
  let retry = 0;
  while (t < text.length) {
    const wanted = pattern[p];
    if (wanted === '*') {
      star = p++;
      retry = t;
    } else if (wanted === '?' || wanted === text[t]) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** Compares ARNs part by part: a wildcard never reaches over a colon of the first five (IAM User Guide, ArnLike). */
export function matchesArn(pattern: string, arn: string): boolean {
  const [wanted, present] = [arnParts(pattern), arnParts(arn)];
  return (
    wanted.length === present.length &&
    wanted.every((part, index) => matchesPattern(part, present[index] ?? ''))
  );
}

/** `arn`, partition, service, region, account, and the resource, which may hold more colons. */
function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length > 6 ? [...parts.slice(0, 5), parts.slice(5).join(':')] : parts;
}
