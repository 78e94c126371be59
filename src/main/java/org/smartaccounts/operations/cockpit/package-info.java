/**
 * What Cockpit shows of the business, beside what it knows of the engine: on an instance the request that it is about, on a definition what
 * becomes of requests, and in words what is wrong and what to do. It only reads. The page's part is {@code static/cockpit.js}, by Camunda's
 * plugin points.
 */
@NullMarked
package org.smartaccounts.operations.cockpit;

import org.jspecify.annotations.NullMarked;
