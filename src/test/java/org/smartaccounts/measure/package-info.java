/**
 * What measurements have in common: a real database and a mail server of their own, whole lives of requests as their clients lead them, and
 * what all of that costs. Nothing here is run by {@code mvn verify}.
 */
@NullMarked
package org.smartaccounts.measure;

import org.jspecify.annotations.NullMarked;
