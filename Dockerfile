# The observer as an image: built by Maven, run by a JRE as a user without rights, on a file system that it only reads.
FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml .
RUN mvn -B -q -Dmaven.test.skip=true dependency:go-offline
COPY src src
RUN mvn -B -q -Dmaven.test.skip=true package

FROM eclipse-temurin:17-jre
RUN useradd --system --uid 10001 --no-create-home chat21 && mkdir -p /app/data && chown 10001:10001 /app/data && chmod 700 /app/data
WORKDIR /app
COPY --from=build /build/target/lib lib
COPY --from=build /build/target/chat21-camel.jar .
COPY application.properties .
COPY bin/java.options .
COPY routes routes
# What the JVM makes of the classes is kept in the image, so that each start is the faster by it.
RUN java -XX:ArchiveClassesAtExit=chat21-camel.jsa -Xlog:disable -Xlog:all=error:stderr \
      -cp chat21-camel.jar chat21.observer.tools.Chat21Command routes check
USER 10001
VOLUME /app/data
# For 512 MB: the rest of it is for threads, code and what H2 and the network hold outside the heap.
ENV JAVA_OPTS="@java.options" \
    MANAGEMENT_HOST=0.0.0.0 \
    REST_HOST=0.0.0.0
EXPOSE 8004 8005
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD wget -q -O /dev/null http://127.0.0.1:8005/observe/health/ready || exit 1
# What is written beside data/ is temporary, and belongs there as well. Jars that are mounted as plugins/ count too.
ENTRYPOINT ["sh", "-c", "umask 077; exec java -XX:+ExitOnOutOfMemoryError -XX:SharedArchiveFile=chat21-camel.jsa -Xlog:cds=off -Xlog:cds+dynamic=off $JAVA_OPTS -Djava.io.tmpdir=/app/data -cp 'chat21-camel.jar:plugins/*' chat21.observer.Observer"]
