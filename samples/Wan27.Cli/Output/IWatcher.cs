namespace Wan27.Cli.Output;

/// <summary>Is told of each step.</summary>
internal interface IWatcher
{
    void Sent(TransferProgress progress);

    void Generated(GenerationProgress progress);

    void Received(TransferProgress progress);
}
