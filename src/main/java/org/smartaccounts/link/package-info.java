/**
 * Links and forms that carry our signature, so that nobody else can make them up: where a problem is reported, where a case goes on, and
 * when a form was shown. Nothing about them is stored. Knows nothing of what they lead to.
 */
@NullMarked
package org.smartaccounts.link;

import org.jspecify.annotations.NullMarked;
