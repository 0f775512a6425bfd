global using Wan27.Sdk.EmulatorTests.Support;
