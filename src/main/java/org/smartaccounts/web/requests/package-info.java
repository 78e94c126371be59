/**
 * The requests page, where partners and licensing support see everything and do everything: the list, one request with its acts, and new
 * ones. What is shown comes from {@code overview}, what is done goes to {@code request}; here is only what a browser needs. Every page works
 * without JavaScript; where there is some, parts of a page are updated in place.
 */
@NullMarked
package org.smartaccounts.web.requests;

import org.jspecify.annotations.NullMarked;
