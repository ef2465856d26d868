/**
 * CDKTF notes for every token where it was made, with the whole stack, for its own error messages. Jest
 * translates each line of that by source maps: a third of the time of a synthesis.
 */
require("cdktf/lib/tokens/private/stack-trace").captureStackTrace = () => [];
