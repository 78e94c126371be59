/**
 * What administrators and analysts need at run time: the database schema, the deployment of the {@code processes/} folder, and
 * how the engine is set up. Nothing of the business is here.
 */
@NullMarked
package org.smartaccounts.operations;

import org.jspecify.annotations.NullMarked;
