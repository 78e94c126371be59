/**
 * What people see of requests: lists, numbers, and one request with everything that has happened to it. It reads the tables of the whole
 * application, the engine's too, and changes nothing. Who may see what is said here, by {@link org.smartaccounts.overview.Sight}.
 */
@NullMarked
package org.smartaccounts.overview;

import org.jspecify.annotations.NullMarked;
