/**
 * The pages that people see beside Tasklist: the activation page, where the customer decides, the requests page in a package of its own, the
 * help, and those around the login. They are rendered by the server and work without JavaScript. What they show comes from the account's
 * row, what they do goes through the process.
 */
@NullMarked
package org.smartaccounts.web;

import org.jspecify.annotations.NullMarked;
