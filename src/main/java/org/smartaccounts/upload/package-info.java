/**
 * Many requests at once, from a file: {@link org.smartaccounts.upload.UploadedFile} reads it, {@link org.smartaccounts.upload.Preview}
 * judges it, which is the review of each row, and {@link org.smartaccounts.upload.UploadWork} sends the good rows, one after the other, in
 * the background. The process knows nothing of it: each row becomes a request like any other.
 */
@NullMarked
package org.smartaccounts.upload;

import org.jspecify.annotations.NullMarked;
