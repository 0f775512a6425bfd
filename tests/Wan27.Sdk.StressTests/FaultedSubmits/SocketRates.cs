using Wan27.Sdk.Emulator;

namespace Wan27.Sdk.StressTests.FaultedSubmits;

/// <summary>The probabilities of faults over real sockets; each request is affected by the first one that is drawn.</summary>
internal static class SocketRates
{
    private const EmulatorOperations Reads = EmulatorOperations.Get | EmulatorOperations.Logs;

    public static EmulatorFault[] Submissions(WanEmulator emulator) =>
    [
        .. new[]
        {
            EmulatorFault.ResetAt(0),
            EmulatorFault.ResetAt(0).BeforeAccepting(),
            EmulatorFault.ResetAt(40),
            EmulatorFault.CloseAt(0),
            EmulatorFault.CloseAt(0).BeforeAccepting(),
            EmulatorFault.CloseAt(200),
            EmulatorFault.CloseAt(5).OfBody(),
            EmulatorFault.Status(502).AfterAccepting(),
            EmulatorFault.Status(504).AfterAccepting().WithInferenceId(),
            EmulatorFault.Status(503),
            EmulatorFault.Status(409),
            EmulatorFault.Status(429),
            EmulatorFault.Status(429, TimeSpan.FromSeconds(30)),
            EmulatorFault.Status(429, TimeSpan.FromDays(1)),
            EmulatorFault.Status(429).AfterAccepting().WithInferenceId(),
            EmulatorFault.Status(400),
            EmulatorFault.Status(401),
            EmulatorFault.Redirect(emulator.FilesAddress),
            EmulatorFault.Redirect(emulator.FilesAddress, 308),
            EmulatorFault.Html(),
            EmulatorFault.Html().WithInferenceId(),
            EmulatorFault.RespondWith(200, null, "").AfterAccepting(),
            EmulatorFault.TruncateBody(12),
            EmulatorFault.WrongLength(50),
            EmulatorFault.WrongLength(-5),
            EmulatorFault.Raw("HTTP/9.9 what\r\n\r\n"),
        }.Select(fault => fault.On(EmulatorOperations.Submit).AtRate(0.1)),
    ];

    public static EmulatorFault[] OfReads() =>
    [
        EmulatorFault.Status(503).On(Reads).AtRate(0.08),
        EmulatorFault.CloseAt(0).On(Reads).AtRate(0.03),
        EmulatorFault.ResetAt(30).On(Reads).AtRate(0.03),
        EmulatorFault.TruncateBody(10).On(Reads).AtRate(0.05),
        EmulatorFault.Html().On(Reads).AtRate(0.05),
        EmulatorFault.DuplicatedLogRows().AtRate(0.1),
    ];
}
