global using Wan27.Sdk.EmulatorTests.Support;
global using Wan27.Sdk.SuiteWatch;
