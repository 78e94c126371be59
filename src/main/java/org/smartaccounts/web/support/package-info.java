/**
 * The pages on which people report a problem, read the answers and say whether a page was helpful, without a login. Nothing that was typed
 * is lost, whatever was wrong with it. What comes from programs is refused without a puzzle for people.
 */
@NullMarked
package org.smartaccounts.web.support;

import org.jspecify.annotations.NullMarked;
