// `node --import cedarwright/register`: teaches Node to read TypeScript, with the loader that this package has anyway.
import 'tsx';
