/** Both look at what one run of the program registers: a run is most of what they cost. */
import './properties.ts';
import './least-privilege.ts';
