/**
 * Who people are and what they may do: the login in front of everything, by password or single sign-on, groups and partner companies, and
 * the authorizations that the engine enforces. {@link org.smartaccounts.access.SecurityConfiguration} says which address is open to whom,
 * {@link org.smartaccounts.access.WebApplicationApi} the same for what is behind Tasklist and Cockpit. Knows the engine's identity and
 * authorization services, and of requests only the name of their process.
 */
@NullMarked
package org.smartaccounts.access;

import org.jspecify.annotations.NullMarked;
