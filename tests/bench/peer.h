// The other half of a benchmark: a Python script that stays and answers each line with numbers, one a line.
#pragma once
#include <unistd.h>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace bench {

inline double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

/// The Python that was given, else LATHE_PEER_PYTHON, else python3; PYTHONPATH may point to the unpacked wheel of torch.
inline std::string peerPython(int argc, char** argv, int at) {
    const char* given = std::getenv("LATHE_PEER_PYTHON");
    return argc > at ? argv[at] : given ? given : "python3";
}

class Peer {
public:
    /// A script of tests/bench with its arguments.
    Peer(const std::string& python, const std::string& script, const std::vector<std::string>& words) {
        int to[2], from[2];
        if (pipe(to) != 0 || pipe(from) != 0) return;
        const std::string file = (std::filesystem::path(LATHE_BENCH_DIR) / script).string();
        std::vector<char*> line = {const_cast<char*>(python.c_str()), const_cast<char*>(file.c_str())};
        for (const auto& word : words) line.push_back(const_cast<char*>(word.c_str()));
        line.push_back(nullptr);
        if (fork() == 0) {
            dup2(to[0], 0), dup2(from[1], 1);
            close(to[1]), close(from[0]);
            execvp(line[0], line.data());
            _exit(127);
        }
        close(to[0]), close(from[1]);
        m_ask = fdopen(to[1], "w"), m_answer = fdopen(from[0], "r");
    }
    ~Peer() {
        if (m_ask) std::fclose(m_ask);
        if (m_answer) std::fclose(m_answer);
    }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;
    /// Fewer than `count` numbers: it ended.
    std::vector<double> ask(const std::string& line, int count) {
        std::vector<double> numbers;
        std::fprintf(m_ask, "%s\n", line.c_str());
        std::fflush(m_ask);
        char text[128];
        while (int(numbers.size()) < count && std::fgets(text, sizeof text, m_answer)) numbers.push_back(std::atof(text));
        return numbers;
    }

private:
    FILE *m_ask = nullptr, *m_answer = nullptr;
};

}  // namespace bench
