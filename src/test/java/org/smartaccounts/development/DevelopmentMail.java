package org.smartaccounts.development;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A real SMTP server that accepts everything and delivers nothing, behind a relay that can be told to be difficult. */
@Configuration
class DevelopmentMail {

    @Bean(initMethod = "start", destroyMethod = "stop")
    GreenMail greenMail() {
        return new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
    }

    @Bean(initMethod = "start")
    MailRelay mailRelay(@Value("${spring.mail.port}") int port, GreenMail server) {
        return new MailRelay(port, () -> server.getSmtp().getPort());
    }
}
