// The local web server of `scrutineer review`: on the loopback address alone, for one person and one case. It
// routes, guards and logs; what is answered is in views.h, what is refused before that in guard.h.
#ifndef SCRUTINEER_SERVE_SERVER_H_
#define SCRUTINEER_SERVE_SERVER_H_

#include <cstdio>
#include <memory>
#include <string>

#include "base/result.h"
#include "serve/session.h"

namespace scrutineer::serve {

struct ServerOptions {
  int port = 0;              // 0: any that is free
  std::FILE* log = nullptr;  // refused requests, one JSON line each; nothing where it is null
};

class Server {
 public:
  // Binds the port; refused if it is taken, or if the case cannot be opened. `session` must outlive this.
  static Result<std::unique_ptr<Server>> bind(Session& session, const ServerOptions& options);
  virtual ~Server() = default;

  [[nodiscard]] virtual int port() const = 0;
  [[nodiscard]] virtual const std::string& token() const = 0;
  // The address to open, with the token in its fragment.
  [[nodiscard]] std::string address() const;
  // Answers until stop() is called, from any thread or a signal handler's thread.
  virtual Status run() = 0;
  virtual void stop() = 0;
};

}  // namespace scrutineer::serve

#endif  // SCRUTINEER_SERVE_SERVER_H_
