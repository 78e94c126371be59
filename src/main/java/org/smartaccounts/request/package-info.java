/**
 * The process: the delegates that the diagram names, the variables it works with, and the guard that checks what comes from
 * outside. {@link org.smartaccounts.request.RequestProcess} is the way in for everything that is not the engine itself. The
 * diagram decides what happens when; the code here only does it.
 */
@NullMarked
package org.smartaccounts.request;

import org.jspecify.annotations.NullMarked;
