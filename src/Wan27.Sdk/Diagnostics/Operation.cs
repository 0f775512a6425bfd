using System.Diagnostics;

namespace Wan27.Sdk.Diagnostics;

/// <summary>A call that is reported from its start to its end. A listener cannot make it fail.</summary>
internal abstract class Operation<T>
{
    protected Activity? Span { get; private set; }

    public async Task<T> RunAsync(Func<Task<T>> work)
    {
        Quietly(() => Span = Begin());
        try
        {
            var result = await work().ConfigureAwait(false);
            Quietly(() => Succeeded(result));
            return result;
        }
        catch (Exception e)
        {
            Quietly(() =>
            {
                Span?.Fail(e);
                Failed(e);
            });
            throw;
        }
        finally
        {
            Quietly(() => Span?.End());
        }
    }

    protected abstract Activity? Begin();

    protected abstract void Succeeded(T result);

    protected abstract void Failed(Exception e);

    private static void Quietly(Action tell)
    {
        try
        {
            tell();
        }
        catch (Exception)
        {
        }
    }
}
