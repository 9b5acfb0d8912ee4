// Written by `npm run schema`; do not edit. The type of model.json.
import type { language } from '../language.ts';

declare const model: Parameters<typeof language>[0];
export = model;
