import { share } from '../cloud.ts';

export const sharedCloud = share({}, ['acme', 'globex', 'hooli', 'retail', 'staff']);
