using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Wan27.Sdk.Storage;

/// <summary>Creates the tables of <see cref="WanSubmissionsContext"/> if they do not exist, also if other tables exist or other processes start at once.</summary>
internal static class Tables
{
    public static async Task EnsureAsync(DbContext context, CancellationToken cancellationToken)
    {
        var creator = (IRelationalDatabaseCreator)context.GetService<IDatabaseCreator>();
        if (!await creator.ExistsAsync(cancellationToken).ConfigureAwait(false))
            await creator.CreateAsync(cancellationToken).ConfigureAwait(false);
        if (await ExistAsync(context, cancellationToken).ConfigureAwait(false))
            return;
        try
        {
            await creator.CreateTablesAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DbException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another process was faster, or the account must not create tables: the next line shows which.
            if (!await ExistAsync(context, cancellationToken).ConfigureAwait(false))
                throw;
        }
    }

    private static async Task<bool> ExistAsync(DbContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await context.Set<GateRow>().AnyAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DbException)
        {
            return false;
        }
    }
}
