namespace Wan27.Cli.Output;

/// <summary>Receives the progress of each step.</summary>
internal interface IProgressObserver
{
    void Sent(TransferProgress progress);

    void Generated(GenerationProgress progress);

    void Received(TransferProgress progress);
}
