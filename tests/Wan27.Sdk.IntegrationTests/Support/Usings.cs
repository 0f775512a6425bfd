global using Wan27.Sdk.IntegrationTests.Support;
