package org.smartaccounts.operations;

import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.People;
import org.smartaccounts.access.Role;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.health.AdditionalHealthEndpointPath;
import org.springframework.boot.actuate.health.HealthEndpointGroup;
import org.springframework.boot.actuate.health.HealthEndpointGroups;
import org.springframework.boot.actuate.health.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.actuate.health.HttpCodeStatusMapper;
import org.springframework.boot.actuate.health.StatusAggregator;
import org.springframework.stereotype.Component;

/** Everybody may know whether the application is well; why not, only who is an administrator at this moment. */
@Component
class HealthDetails implements HealthEndpointGroupsPostProcessor {

    private final People people;

    HealthDetails(People people) {
        this.people = people;
    }

    @Override
    public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
        return new HealthEndpointGroups() {
            @Override
            public HealthEndpointGroup getPrimary() {
                return new ForAdministrators(groups.getPrimary());
            }

            @Override
            public Set<String> getNames() {
                return groups.getNames();
            }

            @Override
            public @Nullable HealthEndpointGroup get(String name) {
                return groups.get(name);
            }
        };
    }

    private final class ForAdministrators implements HealthEndpointGroup {

        private final HealthEndpointGroup group;

        ForAdministrators(HealthEndpointGroup group) {
            this.group = group;
        }

        @Override
        public boolean isMember(String name) {
            return group.isMember(name);
        }

        @Override
        public boolean showComponents(SecurityContext reader) {
            return group.showComponents(reader) || isAdministrator(reader);
        }

        @Override
        public boolean showDetails(SecurityContext reader) {
            return isAdministrator(reader);
        }

        private boolean isAdministrator(SecurityContext reader) {
            @Nullable Principal person = reader.getPrincipal();
            return person != null && people.hasAny(person.getName(), Set.of(Role.ADMINISTRATOR));
        }

        @Override
        public StatusAggregator getStatusAggregator() {
            return group.getStatusAggregator();
        }

        @Override
        public HttpCodeStatusMapper getHttpCodeStatusMapper() {
            return group.getHttpCodeStatusMapper();
        }

        @Override
        public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
            return group.getAdditionalPath();
        }
    }
}
