/** The page of the regular security checks, for licensing support and administrators. */
@NullMarked
package org.smartaccounts.web.security;

import org.jspecify.annotations.NullMarked;
