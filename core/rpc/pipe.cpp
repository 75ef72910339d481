#include "core/rpc/pipe.h"

#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace lathe::rpc {

bool writeAll(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes.remove_prefix(std::size_t(n));
    }
    return true;
}

std::string readSome(int fd) {
    std::string buffer(64 << 10, '\0');
    ssize_t n = 0;
    do n = ::read(fd, buffer.data(), buffer.size());
    while (n < 0 && errno == EINTR);
    buffer.resize(n > 0 ? std::size_t(n) : 0);
    return buffer;
}

void ignoreBrokenPipes() {
    std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace lathe::rpc
