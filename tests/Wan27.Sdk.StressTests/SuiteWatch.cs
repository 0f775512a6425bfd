using Wan27.Sdk.TestSupport;
using Xunit;

// Searches all output of the run for secrets.
[assembly: AssemblyFixture(typeof(SuiteListener))]
