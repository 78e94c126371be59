package org.smartaccounts.development;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the surroundings.
 *
 * @param password      of every development user
 * @param dataDirectory where the database and the clock's offset outlive the application; null to forget both
 */
@ConfigurationProperties("development")
record DevelopmentProperties(String password, @Nullable Path dataDirectory) {}
