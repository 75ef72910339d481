// The search terms run:NAME and wrong:yes, answered from the kept predictions of a run.
#pragma once

namespace lathe::runs {

/// Tells core/data how to answer them. Once, at a program's start, before any thread asks a query.
void installQueryTerms();

}  // namespace lathe::runs
