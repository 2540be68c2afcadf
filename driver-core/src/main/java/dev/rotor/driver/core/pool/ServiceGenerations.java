package dev.rotor.driver.core.pool;

import java.util.HashMap;
import java.util.Map;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Behind a load balancer: the generation of each service, and how many connections reach it. As the specification
 * demands, a service is forgotten with its last connection. Not thread-safe.
 */
final class ServiceGenerations {

    private final Map<ObjectId, Service> services = new HashMap<>();

    /** Notes that a connection reaches its service, once that is known, and gives it the service's generation. */
    void count(PooledConnection connection) {
        if (connection.countedFor != null) {
            return;
        }
        ObjectId id = connection.serviceId();
        if (id == null) {
            return;
        }
        Service service = services.computeIfAbsent(id, key -> new Service());
        service.connections++;
        connection.countedFor = id;
        connection.generation(service.generation);
    }

    /** Notes that a connection is gone. */
    void forget(PooledConnection connection) {
        ObjectId id = connection.countedFor;
        if (id == null) {
            return;
        }
        connection.countedFor = null;
        Service service = services.get(id);
        if (service != null && --service.connections == 0) {
            services.remove(id);
        }
    }

    /** Makes all connections of a service stale. A service without connections has none that could be. */
    void increment(ObjectId id) {
        Service service = services.get(id);
        if (service != null) {
            service.generation++;
        }
    }

    /** The generation of a service; 0 for one that is not known. */
    int generation(@Nullable ObjectId id) {
        Service service = id == null ? null : services.get(id);
        return service == null ? 0 : service.generation;
    }

    boolean isStale(PooledConnection connection) {
        ObjectId id = connection.countedFor;
        return id != null && connection.generation() != generation(id);
    }

    int size() {
        return services.size();
    }

    private static final class Service {
        private int generation;
        private int connections;
    }
}
