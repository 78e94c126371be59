/**
 * What surrounds the application when it is developed or tested, and never in production: a real PostgreSQL and a real SMTP server inside
 * the JVM, users, a mailbox page and a time machine. {@link org.smartaccounts.development.DevelopmentApplication} starts it all;
 * tests use the same parts.
 */
@NullMarked
package org.smartaccounts.development;

import org.jspecify.annotations.NullMarked;
