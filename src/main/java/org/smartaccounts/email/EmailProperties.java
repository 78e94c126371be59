package org.smartaccounts.email;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of all emails.
 *
 * @param from the sender's address; answers to it should reach people
 */
@Validated
@ConfigurationProperties("smart-accounts.email")
record EmailProperties(@NotBlank String from) {}
