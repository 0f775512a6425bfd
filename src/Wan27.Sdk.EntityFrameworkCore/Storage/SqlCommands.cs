using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Wan27.Sdk.Storage;

/// <summary>Runs a command of several statements through the context: with its connection, its transaction, its interceptors and its log.</summary>
internal static class SqlCommands
{
    public static async Task<T> ExecuteAsync<T>(
        DbContext context, string text, object[] arguments, Func<DbDataReader, Task<T>> read, CancellationToken cancellationToken)
    {
        var command = context.GetService<IRawSqlCommandBuilder>().Build(text, arguments);
        var parameters = new RelationalCommandParameterObject(
            context.GetService<IRelationalConnection>(), command.ParameterValues, null, context, context.GetService<IRelationalCommandDiagnosticsLogger>());
        var reader = await command.RelationalCommand.ExecuteReaderAsync(parameters, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            return await read(reader.DbDataReader).ConfigureAwait(false);
    }
}
