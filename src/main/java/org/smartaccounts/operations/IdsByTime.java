package org.smartaccounts.operations;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import org.camunda.bpm.engine.impl.cfg.IdGenerator;
import org.camunda.bpm.spring.boot.starter.configuration.id.IdGeneratorConfiguration;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Gives the engine ids that grow with time (UUIDs of version 7, RFC 9562), so that what is written together lies together in each index. The engine's own begin with
 * the part of the time that changes fastest: among a million requests every row of a new one would have to be put into a page of its own, which has to
 * be read, changed, and written as a whole.
 */
@Component
@ConditionalOnProperty(
        prefix = CamundaBpmProperties.PREFIX,
        name = IdGeneratorConfiguration.PROPERTY_NAME,
        havingValue = "by-time")
class IdsByTime implements IdGenerator {

    private final NoArgGenerator uuids = Generators.timeBasedEpochGenerator();

    @Override
    public String getNextId() {
        return uuids.generate().toString();
    }
}
