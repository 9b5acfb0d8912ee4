/** What to do about what Cedar cannot say, in any schema. */
export const LEAVE_OUT =
  'leave it out (attributes: […] in the x-authz of the object around it names what policies read)';
export const LEAVE_OUT_OR_DESCRIBE = `${LEAVE_OUT}, or describe it more exactly`;
