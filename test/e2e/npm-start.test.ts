/** What ends it comes last. */
import './npm-start/running.ts';
import './npm-start/readme.ts';
import './npm-start/endings.ts';
