using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VideoStudio.Store.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Generations",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    Model = table.Column<string>(type: "text", nullable: false),
                    Prompt = table.Column<string>(type: "text", nullable: false),
                    NegativePrompt = table.Column<string>(type: "text", nullable: true),
                    Resolution = table.Column<string>(type: "text", nullable: false),
                    Seconds = table.Column<int>(type: "integer", nullable: false),
                    Seed = table.Column<long>(type: "bigint", nullable: true),
                    Images = table.Column<List<string>>(type: "text[]", nullable: false),
                    ImageDetails = table.Column<string>(type: "text", nullable: true),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    StartedAt = table.Column<long>(type: "bigint", nullable: true),
                    FinishedAt = table.Column<long>(type: "bigint", nullable: true),
                    State = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: true),
                    Polls = table.Column<int>(type: "integer", nullable: false),
                    ServiceId = table.Column<string>(type: "text", nullable: true),
                    CostUsd = table.Column<decimal>(type: "numeric", nullable: true),
                    CostState = table.Column<string>(type: "text", nullable: true),
                    RetriedAs = table.Column<string>(type: "text", nullable: true),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Generations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WanGate",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    LastCall = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WanGate", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WanSpending",
                columns: table => new
                {
                    Budget = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    Day = table.Column<int>(type: "integer", nullable: false),
                    SpentMicros = table.Column<long>(type: "bigint", nullable: false),
                    ReservedMicros = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WanSpending", x => new { x.Budget, x.Day });
                });

            migrationBuilder.CreateTable(
                name: "WanSubmissions",
                columns: table => new
                {
                    ClientRequestId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Model = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    GenerationId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    Account = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    Budget = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    EstimatedMicros = table.Column<long>(type: "bigint", nullable: true),
                    ActualMicros = table.Column<long>(type: "bigint", nullable: true),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false),
                    Day = table.Column<int>(type: "integer", nullable: false),
                    RecordedAt = table.Column<long>(type: "bigint", nullable: false),
                    BeginId = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    IsCounted = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WanSubmissions", x => x.ClientRequestId);
                });

            migrationBuilder.InsertData(
                table: "WanGate",
                columns: new[] { "Id", "LastCall" },
                values: new object[] { 1, "" });

            migrationBuilder.CreateIndex(
                name: "IX_Generations_ChangedAt",
                table: "Generations",
                column: "ChangedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Generations_CreatedAt",
                table: "Generations",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_WanSubmissions_GenerationId",
                table: "WanSubmissions",
                column: "GenerationId");

            migrationBuilder.CreateIndex(
                name: "IX_WanSubmissions_State_Account_StartedAt",
                table: "WanSubmissions",
                columns: new[] { "State", "Account", "StartedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Generations");

            migrationBuilder.DropTable(
                name: "WanGate");

            migrationBuilder.DropTable(
                name: "WanSpending");

            migrationBuilder.DropTable(
                name: "WanSubmissions");
        }
    }
}
